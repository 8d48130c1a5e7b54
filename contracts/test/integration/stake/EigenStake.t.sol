// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IEigenStake} from "../../../src/interfaces/IEigenStake.sol";
import {IStakeSource} from "../../../src/interfaces/IStakeSource.sol";
import {OperatorSet} from "../../../src/interfaces/external/IEigenLayer.sol";
import {AttestationRegistry} from "../../../src/proof/AttestationRegistry.sol";
import {EigenStake} from "../../../src/proof/stake/EigenStake.sol";
import {EigenLayerDouble} from "../../doubles/EigenLayerDouble.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Attestations by stake that is restaked through (a double of) EigenLayer.
contract EigenStakeTest is Fixture {
    /// @dev Fourteen days of twelve-second blocks, as on Ethereum.
    uint32 internal constant DELAY_BLOCKS = 100_800;
    uint48 internal constant CAPTURE_AGE = 1 days;
    uint256 internal constant SHARES = 10_000e18;

    EigenLayerDouble internal eigen;
    EigenStake internal source;
    address internal staker = makeAddr("staker");

    function setUp() public override {
        super.setUp();
        eigen = new EigenLayerDouble(IERC20(gaib), DELAY_BLOCKS, DELAY_BLOCKS);
        source = new EigenStake(address(access), eigen, eigen, eigen, _setup());
        vm.startPrank(admin);
        _let(address(source), EigenStake.open.selector, GOVERNOR);
        _let(address(source), EigenStake.reinstate.selector, GOVERNOR);
        _let(address(source), EigenStake.slash.selector, SLASHER);
        _let(address(source), EigenStake.hold.selector, SLASHER);
        source.open("ipfs://gaib");
        vm.stopPrank();
        vm.prank(treasury);
        gaib.transfer(staker, 10 * SHARES);
        for (uint256 i; i < 3; ++i) {
            vm.startPrank(staker);
            gaib.approve(address(eigen), SHARES);
            eigen.delegate(operators[i], SHARES);
            vm.stopPrank();
            vm.startPrank(operators[i]);
            eigen.modifyAllocation(_set(), 5e17);
            vm.stopPrank();
        }
        _pass(1);
        for (uint256 i; i < 3; ++i) {
            _join(operators[i], vm.addr(signerKeys[i]));
        }
    }

    /* WEIGHTS */

    function test_allocatedStakeIsTheQuorum() public {
        assertEq(source.capture(), 3 * SHARES / 2);
        AttestationRegistry attested = new AttestationRegistry(address(access), source, categories, 1 hours, 23, 1 days);
        vm.warp(block.timestamp + 1);
        IAttestationRegistry.Statement memory statement =
            IAttestationRegistry.Statement("key", "root", HOST, owner, LIVE, 0, uint64(block.timestamp + 30 days));
        (bytes32[] memory evidence, bytes[] memory signatures) = (new bytes32[](2), new bytes[](2));
        for (uint256 i; i < 2; ++i) {
            signatures[i] = _sign(signerKeys[i], attested.attestationDigest(statement, 0));
        }
        attested.submit(statement, evidence, signatures);
        assertTrue(attested.isAttested("key", "root", LIVE));
    }

    function test_readingsAgeUntilNobodyCounts() public {
        address[] memory signers = _signers();
        (uint256 sum, uint256 total) = source.weightsAt(signers, block.timestamp);
        assertEq(sum + total, 0);
        source.capture();
        uint256 at = block.timestamp;
        _pass(CAPTURE_AGE / 12);
        (sum, total) = source.weightsAt(signers, at + CAPTURE_AGE);
        assertEq(sum, 3 * SHARES / 2);
        assertEq(total, sum);
        _pass(1);
        (sum, total) = source.weightsAt(signers, at + CAPTURE_AGE + 1);
        assertEq(sum + total, 0);
        assertEq(source.weightAt(signers[0], at + CAPTURE_AGE + 1), 0);
        assertEq(source.totalWeightAt(at + CAPTURE_AGE + 1), 0);
        assertEq(source.totalWeightAt(at), 3 * SHARES / 2);
        vm.expectRevert(
            abi.encodeWithSelector(IStakeSource.FutureLookup.selector, block.timestamp + 1, block.timestamp)
        );
        source.weightAt(signers[0], block.timestamp + 1);
    }

    function test_whatLeavesWithinTheDelayDoesNotCount() public {
        vm.prank(operators[0]);
        eigen.modifyAllocation(_set(), 2e17);
        // What was taken out before the reading leaves within the delay: only the rest counts.
        _pass(2);
        source.capture();
        assertEq(source.weightAt(vm.addr(signerKeys[0]), block.timestamp), SHARES / 5);
    }

    function test_whoLeavesCountsNoMoreAtOnce() public {
        source.capture();
        uint256 at = block.timestamp;
        _pass(1);
        vm.prank(operators[0]);
        eigen.deregisterFromOperatorSets(address(source), new uint32[](1));
        assertEq(source.weightAt(vm.addr(signerKeys[0]), block.timestamp), 0);
        assertEq(source.totalWeightAt(block.timestamp), SHARES);
        assertEq(source.totalWeightAt(at), 3 * SHARES / 2);
        source.capture();
        assertEq(source.totalWeightAt(block.timestamp), SHARES);
    }

    function test_registrationComesFromEigenLayerOnlyAndWithStake() public {
        vm.expectRevert(abi.encodeWithSelector(IEigenStake.OnlyAllocationManager.selector, address(this)));
        source.registerOperator(lender, address(source), new uint32[](1), abi.encode(lender));
        vm.expectRevert(abi.encodeWithSelector(IEigenStake.OnlyAllocationManager.selector, address(this)));
        source.deregisterOperator(lender, address(source), new uint32[](1));
        vm.startPrank(address(eigen));
        vm.expectRevert(abi.encodeWithSelector(IEigenStake.OtherSet.selector, lender));
        source.registerOperator(lender, lender, new uint32[](1), abi.encode(lender));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IEigenStake.StakeTooSmall.selector, 0, 1_000e18));
        vm.prank(lender);
        eigen.registerForOperatorSets(address(source), new uint32[](1), abi.encode(lender));
        assertTrue(source.supportsAVS(address(source)));
        assertFalse(source.supportsAVS(address(eigen)));
    }

    /* TIMING */

    function test_delaysMustExceedWindowAndSlack() public {
        uint256 delay = (uint256(DELAY_BLOCKS) - 1) * 12 - CAPTURE_AGE;
        assertEq(source.withdrawalDelay(), delay);
        IEigenStake.Setup memory setup = _setup();
        setup.slack = uint48(delay - 1 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.WithdrawalDelayTooShort.selector, delay, delay + 1));
        new EigenStake(address(access), eigen, eigen, eigen, setup);
        // Withdrawals that come out sooner than deallocations count as well.
        EigenLayerDouble hasty = new EigenLayerDouble(IERC20(gaib), DELAY_BLOCKS, 50);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.WithdrawalDelayTooShort.selector, 0, 7 days + 1));
        new EigenStake(address(access), hasty, hasty, hasty, _setup());
    }

    /// @dev However an operator's stake leaves after it was read, all that counted is slashed within the delay.
    function testFuzz_whatCountedIsSlashableForTheWholeDelay(uint256 way, uint48 age, uint48 late) public {
        source.capture();
        address signer = vm.addr(signerKeys[0]);
        uint256 read = block.timestamp;
        _leave(way % 3);
        age = uint48(bound(age, 0, CAPTURE_AGE));
        late = uint48(bound(late, 0, source.withdrawalDelay()));
        // What counts at `read + age` can be slashed until `late` after that.
        _pass((uint256(age) + late) / 12);
        uint256 counted = source.weightAt(signer, _lesser(read + age, block.timestamp));
        vm.prank(court);
        uint256 taken = source.slash(operators[0], 10_000, uint48(read), address(0), 0, "fault");
        assertGe(taken + 1, way % 3 == 1 ? SHARES / 2 : counted);
    }

    function test_afterTheDelayNothingIsLeftAndNothingReverts() public {
        vm.prank(operators[0]);
        eigen.deregisterFromOperatorSets(address(source), new uint32[](1));
        _pass(DELAY_BLOCKS + 1);
        vm.prank(court);
        assertEq(source.slash(operators[0], 10_000, 0, lender, 1_000, "fault"), 0);
        assertTrue(source.jailed(operators[0]));
    }

    /* SLASHING */

    function test_slashedStakeComesHereAndRewardsTheReporter() public {
        source.capture();
        _pass(1);
        vm.prank(court);
        uint256 taken = source.slash(operators[1], 5_000, uint48(block.timestamp), lender, 1_000, "fault");
        assertEq(taken, SHARES / 4);
        assertEq(source.totalWeightAt(block.timestamp), SHARES);
        assertEq(source.rewards(lender), taken / 10);
        vm.expectRevert();
        vm.prank(lender);
        source.claimReward(lender);
        eigen.clearBurnOrRedistributableShares(_set());
        vm.prank(lender);
        source.claimReward(lender);
        assertEq(gaib.balanceOf(lender), taken / 10);
        uint256 before = gaib.balanceOf(treasury);
        source.sweep();
        assertEq(gaib.balanceOf(treasury) - before, taken - taken / 10);
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.NothingToWithdraw.selector, lender));
        vm.prank(lender);
        source.claimReward(lender);
    }

    function test_jailedUntilReinstated() public {
        vm.startPrank(court);
        source.slash(operators[1], 100, 0, address(0), 0, "fault");
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.BadFraction.selector, 10_001));
        source.slash(operators[1], 1, 0, address(0), 10_001, "fault");
        source.hold(operators[1], 1);
        vm.stopPrank();
        vm.prank(operators[1]);
        eigen.deregisterFromOperatorSets(address(source), new uint32[](1));
        vm.expectRevert(abi.encodeWithSelector(IStakeSource.OperatorJailed.selector, operators[1]));
        _join(operators[1], vm.addr(signerKeys[1]));
        vm.prank(admin);
        source.reinstate(operators[1]);
        _join(operators[1], vm.addr(signerKeys[1]));
        assertEq(source.signerOf(operators[1]), vm.addr(signerKeys[1]));
    }

    /* INTERNAL */

    function _setup() private view returns (IEigenStake.Setup memory) {
        return IEigenStake.Setup(1_000e18, CAPTURE_AGE, 1 days, 6 days, treasury);
    }

    function _set() private view returns (OperatorSet memory) {
        return OperatorSet(address(source), 0);
    }

    function _join(address operator, address signer) private {
        vm.prank(operator);
        eigen.registerForOperatorSets(address(source), new uint32[](1), abi.encode(signer));
    }

    function _pass(uint256 blocks) private {
        vm.roll(block.number + blocks);
        vm.warp(block.timestamp + blocks * 12);
    }

    /// @dev 0: the stakers withdraw; 1: the operator deregisters; 2: it takes its allocation back.
    function _leave(uint256 way) private {
        if (way == 0) return eigen.queueWithdrawal(operators[0], SHARES);
        vm.startPrank(operators[0]);
        if (way == 1) eigen.deregisterFromOperatorSets(address(source), new uint32[](1));
        else eigen.modifyAllocation(_set(), 0);
        vm.stopPrank();
    }

    function _signers() private view returns (address[] memory signers) {
        signers = new address[](3);
        for (uint256 i; i < 3; ++i) {
            signers[i] = vm.addr(signerKeys[i]);
        }
    }

    function _lesser(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
