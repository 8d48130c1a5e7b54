// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title A pool that funds deals: ERC-4626 in, ERC-7540 out
/// @notice Two prices. Deposits pay the deposit NAV; redemptions get the withdrawal NAV, which is never higher: losses
/// show in it at once, gains beyond accrued interest vest in both. Amounts are base units of the asset.
interface IAssetPool {
    event DealFunded(address indexed vault, uint256 amount);
    event DealPaid(address indexed vault, uint256 value, uint256 gain, uint256 fee);
    event DealClosed(address indexed vault);
    event RedeemServed(address indexed controller, uint256 shares, uint256 assets);

    error UnknownDeal(address vault);
    error DealAlreadyHeld(address vault);
    error TooManyDeals(uint256 limit);
    error NotEnoughCash(uint256 wanted, uint256 cash);
    error DealAboveLimit(uint256 senior, uint256 limit);
    error NotAuthorized(address caller, address controller);
    error AsyncOnly();
    error ZeroShares();
    error MoreThanClaimable(uint256 asked, uint256 claimable);
    error WrongCurrency();

    /// @notice Pays the senior part of a listed deal. Curator only.
    function fund(address vault) external;

    /// @notice Told by a funded deal that it has sent money.
    /// @param value Of it, interest and principal that the NAV already had.
    /// @param gain Of it, what the NAV did not have; it vests.
    function received(uint256 value, uint256 gain) external;

    /// @notice Takes a closed deal from the books. Anyone.
    function prune(address vault) external;

    /// @notice Ends the recovery of an enforced deal; what is not recovered is lost. Curator only.
    function closeDeal(address vault) external;

    /// @notice Serves redemption requests in order, from cash. Anyone.
    /// @return served Requests that were served in whole.
    function processRedeems(uint256 maxRequests) external returns (uint256 served);

    /// @notice Deposit NAV of the whole pool.
    function depositNav() external view returns (uint256);

    /// @notice Withdrawal NAV of the whole pool; never above the deposit NAV.
    function withdrawalNav() external view returns (uint256);

    /// @notice Cash that can be lent or paid out.
    function cash() external view returns (uint256);

    /// @notice Deals on the books.
    function deals() external view returns (address[] memory);

    /// @notice What `shares` would get at the withdrawal NAV now, rounded down.
    function convertToAssetsWithLoss(uint256 shares) external view returns (uint256);
}
