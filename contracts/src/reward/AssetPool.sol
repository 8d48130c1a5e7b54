// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC7943Fungible} from "../interfaces/IERC7943Fungible.sol";
import {FungiblePermissions} from "../onramp/FungiblePermissions.sol";
import {IAssetPool} from "../interfaces/IAssetPool.sol";
import {IDealDesk} from "../interfaces/IDealDesk.sol";
import {IDealVault} from "../interfaces/IDealVault.sol";
import {RedeemQueue} from "./RedeemQueue.sol";

/// @title A pool that funds deals
/// @dev Not upgradeable. Cash is counted inside: a donation moves no price. Six virtual decimals against the first
/// depositor's trick. The guardian can pause deposits and funding; requests, serving and claims always work. Holders of
/// shares can be restricted and shares frozen (ERC-7943); who is not on the list any more can still redeem.
contract AssetPool is
    IAssetPool,
    ERC4626,
    FungiblePermissions,
    RedeemQueue,
    AccessManaged,
    Pausable,
    ReentrancyGuardTransient
{
    using SafeERC20 for IERC20;
    using Math for uint256;

    uint256 private constant FULL = 10_000;
    /// @notice Deals on the books at most; bounds every loop over them.
    uint256 public constant MAX_DEALS = 48;

    /// @notice Where deals come from.
    IDealDesk public immutable DESK;
    /// @notice How long a gain vests, seconds.
    uint256 public immutable VESTING;
    /// @notice Largest part of the pool one deal may be, ten-thousandths of the deposit NAV.
    uint256 public immutable DEAL_LIMIT_BPS;
    /// @notice Part of a delinquent or defaulted deal's value that the withdrawal NAV leaves out, ten-thousandths.
    uint256 public immutable DELINQUENT_MARK_BPS;
    /// @notice Protocol's part of gains, ten-thousandths.
    uint256 public immutable PERFORMANCE_FEE_BPS;
    /// @notice Who gets it.
    address public immutable FEE_RECIPIENT;

    /// @inheritdoc IAssetPool
    uint256 public cash;
    address[] private _deals;
    mapping(address vault => uint256) private _placeOf;
    uint128 private _vesting;
    uint64 private _vestingFrom;
    uint64 private _vestingUntil;

    /// @notice How a pool is set up; see the immutables.
    struct Setup {
        string name;
        string symbol;
        uint32 vesting;
        uint16 dealLimitBps;
        uint16 delinquentMarkBps;
        uint16 performanceFeeBps;
        address feeRecipient;
    }

    /// @param authority Access manager; knows curator, guardian and governance.
    /// @param asset_ The currency of all its deals, AID.
    constructor(address authority, IERC20 asset_, IDealDesk desk, Setup memory setup)
        ERC20(setup.name, setup.symbol)
        ERC4626(asset_)
        AccessManaged(authority)
    {
        DESK = desk;
        VESTING = setup.vesting;
        DEAL_LIMIT_BPS = setup.dealLimitBps;
        DELINQUENT_MARK_BPS = setup.delinquentMarkBps;
        PERFORMANCE_FEE_BPS = setup.performanceFeeBps;
        FEE_RECIPIENT = setup.feeRecipient;
    }

    /// @notice Stops deposits and funding. Guardian only.
    function pause() external restricted {
        _pause();
    }

    /// @notice Lets them go on. Governance only.
    function unpause() external restricted {
        _unpause();
    }

    /* PERMISSIONS */

    /// @notice Lets only listed accounts hold shares, or anybody. Governance only.
    function switchAllowList(bool on) external restricted {
        _switchAllowList(on);
    }

    /// @notice Lists or unlists a holder. Governance only.
    function setAllowed(address account, bool allowed_) external restricted {
        _setAllowed(account, allowed_);
    }

    /// @inheritdoc IERC7943Fungible
    function setFrozenTokens(address account, uint256 amount) external restricted returns (bool) {
        _setFrozen(account, amount);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    function forcedTransfer(address from, address to, uint256 amount) external restricted returns (bool) {
        if (!canReceive(to)) revert ERC7943CannotReceive(to);
        uint256 balance = balanceOf(from);
        if (amount > balance) revert ERC20InsufficientBalance(from, balance, amount);
        _thawFor(from, amount);
        ERC20._update(from, to, amount);
        emit ForcedTransfer(from, to, amount);
        return true;
    }

    /// @notice ERC-7943: the pool itself always, it keeps the shares that wait to be redeemed.
    function canReceive(address account) public view override returns (bool) {
        return account == address(this) || super.canReceive(account);
    }

    /* DEALS */

    /// @inheritdoc IAssetPool
    function fund(address vault) external restricted whenNotPaused nonReentrant {
        if (!DESK.isDeal(vault)) revert UnknownDeal(vault);
        if (_placeOf[vault] != 0) revert DealAlreadyHeld(vault);
        if (_deals.length == MAX_DEALS) revert TooManyDeals(MAX_DEALS);
        uint256 senior = IDealVault(vault).terms().senior;
        uint256 limit = depositNav() * DEAL_LIMIT_BPS / FULL;
        if (senior > limit) revert DealAboveLimit(senior, limit);
        if (senior > cash) revert NotEnoughCash(senior, cash);
        cash -= senior;
        _deals.push(vault);
        _placeOf[vault] = _deals.length;
        emit DealFunded(vault, senior);
        IERC20(asset()).forceApprove(vault, senior);
        IDealVault(vault).fund();
    }

    /// @inheritdoc IAssetPool
    function received(uint256 value, uint256 gain) external {
        if (_placeOf[msg.sender] == 0) revert UnknownDeal(msg.sender);
        uint256 fee = gain * PERFORMANCE_FEE_BPS / FULL;
        gain -= fee;
        cash += value + gain;
        if (gain != 0) _vest(gain);
        emit DealPaid(msg.sender, value, gain, fee);
        if (fee != 0) IERC20(asset()).safeTransfer(FEE_RECIPIENT, fee);
    }

    /// @inheritdoc IAssetPool
    function closeDeal(address vault) external restricted nonReentrant {
        if (_placeOf[vault] == 0) revert UnknownDeal(vault);
        IDealVault(vault).close();
        _drop(vault);
    }

    /// @inheritdoc IAssetPool
    function prune(address vault) external {
        if (_placeOf[vault] == 0) revert UnknownDeal(vault);
        if (IDealVault(vault).phase() != IDealVault.Phase.Closed) revert UnknownDeal(vault);
        _drop(vault);
    }

    /* ERC-4626 IN */

    /// @notice What depositors' shares are worth when they come in: the deposit NAV.
    function totalAssets() public view override(ERC4626) returns (uint256) {
        return depositNav();
    }

    /// @notice ERC-4626: no limit, but 0 while paused, and for who may not hold shares.
    function maxDeposit(address receiver) public view override returns (uint256) {
        return paused() || !canReceive(receiver) ? 0 : type(uint256).max;
    }

    /// @notice ERC-4626: no limit, but 0 while paused, and for who may not hold shares.
    function maxMint(address receiver) public view override returns (uint256) {
        return maxDeposit(receiver);
    }

    /* ERC-7540 OUT */

    /// @notice ERC-7540: puts `shares` of `owner` in the queue for `controller`. Always id 0: requests are known by
    /// controller, and served in the order they came.
    function requestRedeem(uint256 shares, address controller, address owner) external nonReentrant returns (uint256) {
        if (shares == 0) revert ZeroShares();
        if (controller == address(0)) revert NotAuthorized(msg.sender, controller);
        if (owner != msg.sender && !isOperator[owner][msg.sender]) _spendAllowance(owner, msg.sender, shares);
        _enqueue(controller, shares);
        emit RedeemRequest(controller, owner, 0, msg.sender, shares);
        _transfer(owner, address(this), shares);
        return 0;
    }

    /// @inheritdoc IAssetPool
    function processRedeems(uint256 maxRequests) external nonReentrant returns (uint256 served) {
        uint256 nav = withdrawalNav();
        uint256 supply = totalSupply();
        while (served < maxRequests) {
            (address controller, uint256 shares) = _front();
            if (shares == 0) break;
            uint256 assets = _atNav(shares, nav, supply);
            bool whole = assets <= cash;
            if (!whole) {
                uint256 fits = cash.mulDiv(supply + 10 ** _decimalsOffset(), nav + 1);
                (shares, assets) = (fits, _atNav(fits, nav, supply));
            }
            if (shares == 0) break;
            cash -= assets;
            nav -= assets;
            supply -= shares;
            _serveFront(shares, assets);
            emit RedeemServed(controller, shares, assets);
            _burn(address(this), shares);
            if (!whole) break;
            ++served;
        }
    }

    /// @notice ERC-7540: claims served shares of `controller`; only he or his operator.
    function redeem(uint256 shares, address receiver, address controller)
        public
        override
        nonReentrant
        returns (uint256 assets)
    {
        _requireController(controller);
        assets = _claimShares(controller, shares);
        _payOut(receiver, controller, assets, shares);
    }

    /// @notice ERC-7540: claims served assets of `controller`; only he or his operator.
    function withdraw(uint256 assets, address receiver, address controller)
        public
        override
        nonReentrant
        returns (uint256 shares)
    {
        _requireController(controller);
        shares = _claimAssets(controller, assets);
        _payOut(receiver, controller, assets, shares);
    }

    /// @notice Served and claimable shares of `controller`.
    function maxRedeem(address controller) public view override returns (uint256) {
        return _served[controller].shares;
    }

    /// @notice Served and claimable assets of `controller`.
    function maxWithdraw(address controller) public view override returns (uint256) {
        return _served[controller].assets;
    }

    /// @notice ERC-7540: always reverts, the price is not known before the request is served.
    function previewRedeem(uint256) public pure override returns (uint256) {
        revert AsyncOnly();
    }

    /// @notice ERC-7540: always reverts, the price is not known before the request is served.
    function previewWithdraw(uint256) public pure override returns (uint256) {
        revert AsyncOnly();
    }

    /* NAV */

    /// @inheritdoc IAssetPool
    function depositNav() public view returns (uint256) {
        return _nav(0);
    }

    /// @inheritdoc IAssetPool
    function withdrawalNav() public view returns (uint256) {
        return _nav(DELINQUENT_MARK_BPS);
    }

    /// @inheritdoc IAssetPool
    function convertToAssetsWithLoss(uint256 shares) external view returns (uint256) {
        return _atNav(shares, withdrawalNav(), totalSupply());
    }

    /// @inheritdoc IAssetPool
    function deals() external view returns (address[] memory) {
        return _deals;
    }

    /// @notice Gains not yet in the NAV.
    function unvested() external view returns (uint256) {
        return _unvested();
    }

    /// @notice Share token's decimals: the asset's and six more.
    function decimals() public view override(ERC20, ERC4626) returns (uint8) {
        return ERC4626.decimals();
    }

    /// @notice ERC-165: the ids ERC-7540 asks for, and ERC-7943.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == OPERATOR_ID || id == ASYNC_REDEEM_ID || id == VAULT_ID
            || id == type(IERC7943Fungible).interfaceId;
    }

    /* INTERNAL */

    /// @dev The pool's own shares are those in the queue: they go only to be burned.
    function _update(address from, address to, uint256 value) internal override {
        bool exit = to == address(0) || to == address(this);
        _requireMovable(from, to, value, exit);
        super._update(from, to, value);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares)
        internal
        override
        whenNotPaused
        nonReentrant
    {
        cash += assets;
        super._deposit(caller, receiver, assets, shares);
    }

    function _payOut(address receiver, address controller, uint256 assets, uint256 shares) private {
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
        IERC20(asset()).safeTransfer(receiver, assets);
    }

    function _atNav(uint256 shares, uint256 nav, uint256 supply) private pure returns (uint256) {
        return shares.mulDiv(nav + 1, supply + 10 ** 6);
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    /// @dev Gains that still vest may be lent out already, so they are taken from the whole and not from the cash.
    function _nav(uint256 markBps) private view returns (uint256 nav) {
        nav = cash;
        for (uint256 i; i < _deals.length; ++i) {
            uint256 value = IDealVault(_deals[i]).seniorValue();
            bool late = markBps != 0 && IDealVault(_deals[i]).delinquentSince() != 0;
            nav += late ? value - value.mulDiv(markBps, FULL, Math.Rounding.Ceil) : value;
        }
        nav = nav.saturatingSub(_unvested());
    }

    /// @dev A new gain joins the old one; the end moves by its weight, so that a speck cannot hold back all the rest.
    function _vest(uint256 gain) private {
        uint256 before = _unvested();
        uint256 rest = before == 0 ? 0 : before * (_vestingUntil - block.timestamp);
        (_vesting, _vestingFrom) = (uint128(before + gain), uint64(block.timestamp));
        _vestingUntil = uint64(block.timestamp + (rest + gain * VESTING) / (before + gain));
    }

    function _unvested() private view returns (uint256) {
        if (block.timestamp >= _vestingUntil) return 0;
        return
            uint256(_vesting).mulDiv(_vestingUntil - block.timestamp, _vestingUntil - _vestingFrom, Math.Rounding.Ceil);
    }

    function _drop(address vault) private {
        uint256 place = _placeOf[vault];
        address last = _deals[_deals.length - 1];
        _deals[place - 1] = last;
        _placeOf[last] = place;
        _deals.pop();
        delete _placeOf[vault];
        emit DealClosed(vault);
    }
}
